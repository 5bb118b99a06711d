/**
 * A client certificate in PEM, signed by its own throw-away key: CN=ann, O=ops, O=sales, valid from 2026-01-01 to
 * 2027-01-01.
 */
export const CLIENT_CERTIFICATE = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBPzCB5gIBATAKBggqhkjOPQQDAjAsMQwwCgYDVQQKDANvcHMxDjAMBgNVBAoM',
  'BXNhbGVzMQwwCgYDVQQDDANhbm4wHhcNMjYwMTAxMDAwMDAwWhcNMjcwMTAxMDAw',
  'MDAwWjAsMQwwCgYDVQQKDANvcHMxDjAMBgNVBAoMBXNhbGVzMQwwCgYDVQQDDANh',
  'bm4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASoR3iddE4FR1QJuoO5+QQsTDqF',
  'GXy8zOYyOvX3f7W/S9b85w1dlHif6ee2fwrZ087u/qnaGpi2PFN5MYCvCrmhMAoG',
  'CCqGSM49BAMCA0gAMEUCIQDoQLfH8J/aq2ydmiYSjhdQWCPlLTfm7LrdtAwIDXcP',
  'JgIgStfUBnGEXaAL4y0R9fbe6wYdqswoqGfW5ytQwDZWkGI=',
  '-----END CERTIFICATE-----',
].join('\n');
