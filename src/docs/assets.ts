/** Where the files of the reference page are: beside the modules of the built package. */
export const referenceFolder = new URL('./reference/', import.meta.url)
