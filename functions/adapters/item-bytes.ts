/**
 * The size of a row by DynamoDB's rules, in bytes: names and values of all attributes. A write is billed by the
 * kilobyte, a read by four, both rounded up.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

const NEST_BYTES = 3;

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  // One byte per two digits, plus one.
  if (typeof value === 'number') return Math.ceil(String(Math.abs(value)).replace('.', '').length / 2) + 1;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return [...value].reduce((sum: number, each) => sum + valueBytes(each), 0);
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + valueBytes(each) + 1, NEST_BYTES);
  if (typeof value === 'object' && value !== null) {
    return NEST_BYTES + Object.keys(value).length + itemBytes(value as Record<string, unknown>);
  }
  return 1;
}
