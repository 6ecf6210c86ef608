/** The samples in 16-bit little-endian bytes; a view where their place in memory allows one. */
export function samplesOf(audio: Buffer): Int16Array {
  const length = audio.length >> 1;
  if (audio.byteOffset % 2 === 0) return new Int16Array(audio.buffer, audio.byteOffset, length);
  return new Int16Array(audio.buffer.slice(audio.byteOffset, audio.byteOffset + 2 * length));
}

/** The bytes of samples, as a view: every machine this runs on is little endian. */
export function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
