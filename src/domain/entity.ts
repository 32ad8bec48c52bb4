/** The form in which identifiers of managing entities are compared: without regard to case (CONTRACT §2). */
export const entityKey = (identifier: string): string => identifier.toLowerCase()
