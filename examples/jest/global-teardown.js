module.exports = () => globalThis.winkSandbox.close()
