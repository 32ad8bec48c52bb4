// What the bundle has of its dependencies otherwise than they are published: what they do at each start for what
// most sandboxes never need is done when it is needed, or left out, which saves a tenth of the start. Each place is
// named by its text: a dependency that has changed there fails the build. `test/shipped.test.ts` compares what the
// bundle answers with what the sources do.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

/** Replaced texts, by the file that they stand in. */
const replacements = {
  // There are trees of routes for unknown paths for all 35 methods; those of a method are made with its first request.
  'fastify/lib/four-oh-four.js': [
    [
      'return { router, setNotFoundHandler, setContext, arrange404 }',
      `const routes = []
      const methods = new Set()
      const { lookup } = router
      router.all = (...route) => routes.push(route)
      router.lookup = function (request, ...others) {
        const { method } = request
        if (!methods.has(method)) {
          methods.add(method)
          for (const route of routes) router.on(method, ...route)
        }
        return lookup.call(this, request, ...others)
      }
      return { router, setNotFoundHandler, setContext, arrange404 }`,
    ],
  ],
  // Where nobody debugs it (NODE_DEBUG=avvio), each of its messages is put together all the same.
  'avvio/lib/debug.js': [
    [
      "const debug = debuglog('avvio')",
      "const debug = debuglog('avvio').enabled ? debuglog('avvio') : () => {}",
    ],
  ],
  // Applications, and plugins, may name the versions of the framework that they are made for; ours do not.
  'fastify/lib/plugin-utils.js': [
    ["const semver = require('semver')", ''],
    [' semver.', " require('semver')."],
  ],
  // The sandbox trusts no proxy.
  'fastify/lib/request.js': [
    ["const proxyAddr = require('@fastify/proxy-addr')", ''],
    [' proxyAddr.', " require('@fastify/proxy-addr')."],
  ],
  // The router compiles functions for each of its nodes and routes.
  'find-my-way/lib/node.js': [
    [
      "return new Function('path', 'i', `'use strict'\\nreturn ${lines.join(' && ')}`)",
      'return (path, i) => path.startsWith(prefix, i)',
    ],
  ],
  'find-my-way/lib/handler-storage.js': [
    [
      '_createParamsObject: this._compileCreateParamsObject(params)',
      `_createParamsObject: (...values) => {
        handlerObject._createParamsObject = this._compileCreateParamsObject(params)
        return handlerObject._createParamsObject(...values)
      }`,
    ],
    [
      '      this._compileGetHandlerMatchingConstraints(constrainer, constraints)\n',
      `      this._getHandlerMatchingConstraints = (derived) => {
        this._compileGetHandlerMatchingConstraints(constrainer, constraints)
        return this._getHandlerMatchingConstraints(derived)
      }\n`,
    ],
  ],
}

/** Modules that are not there, by who would load them. */
const leftOut = {
  // The sandbox speaks neither TLS nor HTTP/2.
  'node:https': 'fastify/lib/server.js',
  'node:http2': 'fastify/lib/server.js',
  // Its documents are JSON.
  yaml: '@fastify/swagger/lib/',
}

/** The source of an expression that matches any of these texts. */
const anyOf = (texts) => texts.map((text) => text.replace(/[.\\/]/g, '\\$&')).join('|')

/** Applies the patches to what esbuild bundles. */
export const patches = {
  name: 'patches',
  setup({ onResolve, onLoad, onEnd }) {
    const done = new Set()
    onResolve(
      { filter: new RegExp(`^(?:${anyOf(Object.keys(leftOut))})$`) },
      ({ path, importer }) => {
        assert.ok(importer.includes(`node_modules/${leftOut[path]}`), `${importer} loads ${path}`)
        return { path, namespace: 'left-out' }
      },
    )
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }))
    const files = anyOf(Object.keys(replacements))
    onLoad({ filter: new RegExp(`node_modules/(?:${files})$`) }, ({ path }) => {
      const name = Object.keys(replacements).find((file) => path.endsWith(`node_modules/${file}`))
      let contents = readFileSync(path, 'utf8')
      for (const [from, to] of replacements[name]) {
        assert.ok(contents.includes(from), `${name} has no more "${from}"`)
        contents = contents.replaceAll(from, to)
      }
      done.add(name)
      return { contents }
    })
    onEnd(() => {
      assert.deepEqual([...done].sort(), Object.keys(replacements).sort())
    })
  },
}
