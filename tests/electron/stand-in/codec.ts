/** JSON with bytes as {$bytes: base64}; the page has the same pair in `installRealm`. */
export function write(value: unknown): string {
  return JSON.stringify(value, function bytes(this: Record<string, unknown>, key: string, one: unknown) {
    // A Buffer has become an object of numbers by now; the holder still has it as it was.
    const raw = this[key];
    return raw instanceof Uint8Array ? { $bytes: Buffer.from(raw).toString('base64') } : one;
  });
}

export function read(text: string): unknown {
  return JSON.parse(text, (_key, one: { $bytes?: unknown } | null) =>
    typeof one === 'object' && one !== null && typeof one.$bytes === 'string'
      ? new Uint8Array(Buffer.from(one.$bytes, 'base64'))
      : one,
  );
}
