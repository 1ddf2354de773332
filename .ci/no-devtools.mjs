// Stands in the bundle for a debugger that is never started.
export const initialize = () => {};
export const connectToDevTools = () => {};

// biome-ignore lint/style/noDefaultExport: imported by this name.
export default {};
