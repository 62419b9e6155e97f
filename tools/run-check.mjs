import { spawn } from 'node:child_process';

/**
 * Runs one program to its end or to its time limit. Resolves to its status (`undefined`: it was stopped at the limit) and, where
 * `capture` is set, to what it printed, which is passed on as it comes.
 *
 * The program leads a process group of its own, which is ended with it: a child that a failed test left behind can neither
 * hold the run nor disturb the next check.
 */
export function runCheck(file, args, { cwd, env, stdout, capture = false, limitMs }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', capture ? 'pipe' : stdout, 'inherit'],
    });
    const stop = () => endGroup(child.pid);
    const interrupted = (signal) => {
      stop();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      stop();
    }, limitMs);
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);

    const printed = [];
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      printed.push(text);
      process.stdout.write(text);
    });
    const end = (status) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve({ status: late ? undefined : status, output: printed.join('') });
    };
    child.once('error', () => end(1));
    // The group goes first, so that nobody else holds the pipe whose last bytes are waited for.
    child.once('exit', stop);
    child.once('close', (code) => end(code ?? 1));
  });
}

function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
