/**
 * The RSA key that signs the access tokens of every sandbox, as a JWK (RFC 7517).
 *
 * The key is public, so it protects nothing: never trust its signatures outside a test. All sandboxes share it, so
 * a token of one sandbox is valid in any other that knows its client.
 */
export const testKey = {
  kty: 'RSA',
  n: '67npzAe2eIZyONuU3gp3q_v1XXZJRN-YDm3iVcZMHBJQMMF-VG4G1t7hi4DNcz77n7E8jbMBpPoV8TYV-gqyqMef6XLEVeXhVF0vcWk3e9Slkcf_kuBA8Xq2M3GapiX6h5AzgszwLt-XZUy9d1NEiC5PVuo98UiEWDQ7Z6p-R5AAbFjZLaPVL9kr2YAKKfGZ_L4bcRIEt5nVX9MlY_G7uN81b7eb9CNWsWKWCAepy-uaNPFyA0DSwCNC5zF6zlQm4GTk-gTKS9xMXvxLB0TWrADl9EDXv9FdQ6Rh5Xx5vlP1zahG03nLapBrl784txfKbXKn3RsM6nA3eVwp1yeHtw',
  e: 'AQAB',
  d: 'Ylbmetgy3vgTubWdVr5eK3EK7Sk2KtXuvQJJfIgj40gejSCDv9xA3S4RQN4El9IMLhRGE0U85-Lu-XibVXtWCkRxaXYYA0_KH6RacQE4hN_zDKy3acJFRZhwX2jC4BKTAC__1U8C2kMsCTYpCplBy2AqeDNzkO-0SonLyJUfZmGXXHeKoyevjb-6LahNv0BGnECi9dvE7XqdPNqZiJf60z0ArRC0JyYj4aqwrCCl4P8_RNGQRjhKPH_k9XSziP7-aZDAR9VW9lSemOg87XZ_TG7VaT9iL-hVNRQL4gVFfovuF6ubc-n0gwtVEiDeRI4yYGCywQQhafB77E8gPWs5bQ',
  p: '9dL8vuomfaegHFLbBdY3C0nExKPBqs9VpM5Z2jA6FM5YhHe-PHYHCJ2CqYroAfi2IJtOo2qrUkgMm3HlmXEsKGZzBuGEr50aKBflDh-m9UzUutbYvpHHwW0K3Lq1_AjY_pGc47cCl2texx6UM99syMsvXCDJnQgxgtmY0FRjhHM',
  q: '9Xvq3-2Fb0Om76Y7cNf6J6jJ-h0gFbrlR8CYvLLafnWilLpeZuyByQQkvdjBbBlntQdtlaeQmIfC-BoToTo5zdjTx5vUjy9liwWjMbV8XJN2ENmK6rFIuyQViLl8dFtIjn1tXol3QCjv-dNjv39yRjEjZe_kjjAQqsHKChJBYq0',
  dp: 'M3KY2wv-SkYOyF6-4BXZJ0-lEtKC8dC6x-c3_uYhAcG93NuCwPyitDbi5cDglakL1P8sEh99A5d4q__GYbrB1yK56DLCpk5m7wUxNyeAtc4Cp6fXbOrtt5musEuTUtA3OfAXucDPlgkuqNXJhqG4Dr4Xh1yFVYwlcJFB3jgLK-k',
  dq: '7PdcqCKhXuFgYRAHawuhd-0wY5b_5NoP_-6DwguobNBjS8yH2jTNp9yvFvAI7q-rc42jFAa3xvWumE6bylPpfrKi5JmhW0K2c7fSa-a0EK1sGCHXPmw6OCRCAUSERdHkPWAIVmy-R5n85R1QuYduKSG_-OPUrgjp3dvJi2VJ5tU',
  qi: 'yzcO3vsfQMtE4Wj5qB3oU6LAvV5zkBmaXShcxuxc-r0xn1PLxbV0xX7MEEtLqGViGSoUMKOr0xOVjVsLAR374YwplDMqx7p-7FEyWOmNPiw1zzFSWVUnYh9eli8JsliuePPmNvKpWtXuD7BzNZPNsisDATq6SpPf-1qKiMhaAuw',
}

/** Key id in the header of each token (RFC 7515 §4.1.4). */
export const keyId = '5d1c0f8e-7a52-4e0b-9c86-3b9f2d41a7e6'
