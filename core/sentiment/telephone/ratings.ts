/** Ratings, −4 to 4, each with the words or phrase patterns (`phrases.ts`) that have it. */
export type Ratings = readonly (readonly [valence: number, entries: string])[];

/** Lists that several phrase patterns share. */
export const COUNT = 'two|three|four|five|six|seven|eight|nine|ten|twelve|several|so_many|countless|a_dozen';
export const UNITS = 'minutes|hours|days|weeks|fortnight|months|years';
export const HAVE = "i've|i_have|we've|we_have";
export const DONE = 'fixed|sorted|resolved|done|delivered|refunded|repaired|replaced';
export const CANNOT = "can't|cannot|couldn't|could_not";
