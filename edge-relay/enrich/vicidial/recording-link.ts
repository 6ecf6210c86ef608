/** Where recordings are served, for rows without an address of their own. */
export interface RecordingPlace {
  /** Address of the folder with the recordings. */
  readonly baseUrl: string | undefined;
  /** Folders by day below it, such as `YYYY-MM-DD` or `YYYY/MM/DD`; empty where there are none. */
  readonly dateFolder: string;
  /** What a file's name has beyond `filename`, such as `-all.mp3`. */
  readonly suffix: string;
}

export interface RecordingFile {
  readonly filename: string | undefined;
  /** Its location by ViciDial: an address once it has been moved to its place, or a path. */
  readonly location: string | undefined;
  /** `YYYY-MM-DD`, by the dialler's clock. */
  readonly day: string | undefined;
  readonly isOver: boolean;
}

/** The address of a recording; undefined where it is not known, or the file is not there yet. */
export function recordingUrlOf(recording: RecordingFile, place: RecordingPlace): string | undefined {
  const { filename, location, day, isOver } = recording;
  // Set by the purge of old recordings.
  if (location === 'DELETED') return undefined;
  if (location !== undefined && location !== '') {
    const absolute = webUrl(location);
    if (absolute !== undefined) return absolute;
    return place.baseUrl === undefined ? undefined : webUrl(location, withSlash(place.baseUrl));
  }
  if (place.baseUrl === undefined || filename === undefined || filename === '' || !isOver) return undefined;
  if (place.dateFolder !== '' && day === undefined) return undefined;
  const folder = place.dateFolder === '' ? '' : withSlash(folderOf(place.dateFolder, day ?? ''));
  return webUrl(folder + encodeURIComponent(filename + place.suffix), withSlash(place.baseUrl));
}

function folderOf(pattern: string, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return pattern.replace('YYYY', year).replace('MM', month).replace('DD', date);
}

const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`);

function webUrl(url: string, base?: string): string | undefined {
  try {
    const { protocol, href } = new URL(url, base);
    return ['http:', 'https:'].includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
