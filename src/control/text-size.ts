/** Memory that a text takes beside its characters, in bytes, estimated. */
export const textOverhead = 24

/** Memory that a text takes, in bytes, estimated. */
export const sizeOfText = (text: string | null | undefined): number =>
  textOverhead + (text?.length ?? 0)
