import { execaSync } from 'execa';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The Python packages that our engines are compared with. */
const REQUIREMENTS = 'vaderSentiment==3.3.2\ntextblob==0.20.1\n';
const VENV = resolve('.local/bench-venv');

/** A virtual environment with the reference packages, made on first use. */
export interface PythonReference {
  /** The interpreter's path. */
  python: string;
  /** The folder where the packages stand. */
  packages: string;
}

/** Makes `.local/bench-venv` if it is not there yet. Needs `python3` with `venv`, and the Python package index. */
export function pythonReference(): PythonReference {
  const python = join(VENV, 'bin', 'python');
  const stamp = join(VENV, 'requirements.txt');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== REQUIREMENTS) {
    console.error('Making the Python environment of the reference packages in .local/bench-venv …');
    execaSync('python3', ['-m', 'venv', '--clear', VENV]);
    execaSync(python, ['-m', 'pip', 'install', '--quiet', ...REQUIREMENTS.trim().split('\n')], { stdio: 'inherit' });
    writeFileSync(stamp, REQUIREMENTS);
  }
  const { stdout: packages } = execaSync(python, ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])']);
  return { python, packages };
}

/** What `sentiment/reference.py` prints. */
export interface ReferenceRun {
  /** Seconds of each pass over all texts. */
  passSeconds: number[];
  /** A text's figures: vader's compound, pos, neu and neg, or textblob's polarity and subjectivity. */
  scores: number[][];
}

/** Scores texts with a reference package and times it for at least `leastSeconds`. */
export function runReference(engine: 'vader' | 'textblob', texts: readonly string[], leastSeconds = 0): ReferenceRun {
  const { python } = pythonReference();
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  try {
    const file = join(folder, 'texts.json');
    writeFileSync(file, JSON.stringify(texts));
    const args = [join(import.meta.dirname, 'sentiment/reference.py'), engine, file, String(leastSeconds)];
    return JSON.parse(execaSync(python, args, { maxBuffer: 2 ** 29 }).stdout) as ReferenceRun;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
