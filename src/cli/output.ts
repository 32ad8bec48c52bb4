/** The target of the program's output. Only terminals of Node.js know whether they have colours. */
export type Output = NodeJS.WritableStream & Partial<Pick<NodeJS.WriteStream, 'hasColors'>>

/** Whether an output shows colours. Node.js heeds `NO_COLOR` and the like. */
export const hasColors = (output: Output): boolean => output.hasColors?.() === true
