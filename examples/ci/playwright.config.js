// Playwright starts the sandbox, waits for it, and stops it after the tests.
export default {
  testMatch: '*.spec.js',
  use: { baseURL: 'http://127.0.0.1:4010' },
  webServer: {
    command: 'npx wink-webhook-mock --port 4010 --cors-origin http://localhost:5173',
    url: 'http://127.0.0.1:4010/__admin/health',
    reuseExistingServer: false,
  },
}
