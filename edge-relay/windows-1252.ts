/**
 * What bytes 0x80 to 0x9f are in Windows-1252, with its five empty places filled by themselves. Decoders of some
 * versions of Node.js have control characters in their place.
 */
export const WINDOWS_1252_HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
