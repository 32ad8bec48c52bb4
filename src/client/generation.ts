/**
 * The versions of the sandbox that this client fits: those of the same major version. As Semantic Versioning has it,
 * any minor version may break before 1.0.0, so the generation of 0.1.2 is 0.1.
 */
export const generation = '0.1'

/** The generation of a version, such as 0.1 of 0.1.2, and 2 of 2.3.4. */
export function generationOf(version: string): string {
  const [major = '', minor = ''] = version.split('.')
  return major === '0' ? `0.${minor}` : major
}
