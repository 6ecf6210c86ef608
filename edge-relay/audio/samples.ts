/** The samples in 16-bit little-endian bytes; a view where their place in memory allows one. */
export function samplesOf(audio: Buffer): Int16Array {
  // A copy comes out of Node's pool, which begins at even places; memory of its own would cost ten times as much.
  const { buffer, byteOffset, length } = audio.byteOffset % 2 === 0 ? audio : Buffer.from(audio);
  return new Int16Array(buffer, byteOffset, length >> 1);
}

/** The bytes of samples, as a view: every machine this runs on is little endian. */
export function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

const scratch = Buffer.allocUnsafeSlow(65_536);
let scratchSamples = new Int16Array(scratch.buffer, 0, 160);

/**
 * The samples in 16-bit little-endian bytes, in memory that the next call writes over: for who looks at them or copies
 * them at once. Every frame of every leg comes this way, and garbage would be most of its cost.
 */
export function passingSamplesOf(audio: Buffer): Int16Array {
  const length = audio.length >> 1;
  if (audio.length > scratch.length) return samplesOf(audio);
  scratch.set(audio);
  if (scratchSamples.length !== length) scratchSamples = new Int16Array(scratch.buffer, 0, length);
  return scratchSamples;
}
