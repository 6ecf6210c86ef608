/** Writes ONNX models small enough to make in a test (protocol buffers, onnx.proto3 of opset 13). */

type Field = [number: number, value: number | string | Uint8Array | Field[]];

/** The bytes of a message; numbers are varints, the rest is length-delimited. */
function message(fields: readonly Field[]): Uint8Array {
  const parts = fields.map(([number, value]) => {
    if (typeof value === 'number') return Uint8Array.from([...varint(number << 3), ...varint(value)]);
    const bytes =
      typeof value === 'string'
        ? new TextEncoder().encode(value)
        : value instanceof Uint8Array
          ? value
          : message(value);
    return Uint8Array.from([...varint((number << 3) | 2), ...varint(bytes.length), ...bytes]);
  });
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

const FLOAT = 1;
const INT64 = 7;

function tensorType(name: string, type: number, dimensions: readonly (string | number)[]): Field[] {
  const shape = dimensions.map((size): Field => [1, [typeof size === 'string' ? [2, size] : [1, size]]]);
  return [
    [1, name],
    [
      2,
      [
        [
          1,
          [
            [1, type],
            [2, shape],
          ],
        ],
      ],
    ],
  ];
}

function node(op: string, inputs: readonly string[], output: string, attributes: readonly Field[] = []): Field {
  return [1, [...inputs.map((input): Field => [1, input]), [2, output], [4, op], ...attributes]];
}

function integer(name: string, value: number): Field {
  return [
    5,
    [
      [1, name],
      [3, value],
      [20, 2],
    ],
  ];
}

/**
 * A model with the inputs and the output of a sequence classifier of two classes: each token adds its own weights to
 * the logits unless the attention mask hides it.
 * @param weights by token id: what the token adds to each logit
 */
export function twoClassModel(weights: readonly (readonly [number, number])[]): Uint8Array {
  const table = new Uint8Array(new Float32Array(weights.flat()).buffer);
  const axes = new Uint8Array(new BigInt64Array([1n]).buffer);
  const last = new Uint8Array(new BigInt64Array([2n]).buffer);
  const tensor = (name: string, type: number, sizes: readonly number[], bytes: Uint8Array): Field => [
    5,
    [...sizes.map((size): Field => [1, size]), [2, type], [8, name], [9, bytes]],
  ];
  const graph: Field[] = [
    node('Gather', ['weights', 'input_ids'], 'added', [integer('axis', 0)]),
    node('Cast', ['attention_mask'], 'mask', [integer('to', FLOAT)]),
    node('Unsqueeze', ['mask', 'last'], 'column'),
    node('Mul', ['added', 'column'], 'attended'),
    node('ReduceSum', ['attended', 'axes'], 'logits', [integer('keepdims', 0)]),
    [2, 'two-class'],
    tensor('weights', FLOAT, [weights.length, 2], table),
    tensor('axes', INT64, [1], axes),
    tensor('last', INT64, [1], last),
    [11, tensorType('input_ids', INT64, ['batch', 'length'])],
    [11, tensorType('attention_mask', INT64, ['batch', 'length'])],
    [12, tensorType('logits', FLOAT, ['batch', 2])],
  ];
  return message([
    [1, 8],
    [7, graph],
    [
      8,
      [
        [1, ''],
        [2, 13],
      ],
    ],
  ]);
}
