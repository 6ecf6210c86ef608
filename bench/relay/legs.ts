/** The AudioSocket UUID of the bench's leg number `leg`; two in a row are the sides of one call. */
export function uuidOfLeg(leg: number): string {
  return `00000000-0000-4000-8000-${leg.toString(16).padStart(12, '0')}`;
}
