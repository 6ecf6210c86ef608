import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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
    execFileSync('python3', ['-m', 'venv', '--clear', VENV]);
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...REQUIREMENTS.trim().split('\n')], { stdio: 'inherit' });
    writeFileSync(stamp, REQUIREMENTS);
  }
  const packages = execFileSync(python, ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])'], {
    encoding: 'utf8',
  });
  return { python, packages: packages.trim() };
}
