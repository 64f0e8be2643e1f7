import { spawn } from 'node:child_process';
import type { StartCommandLine } from '../command-line.ts';
import { encodedCommand } from '../encoded-command.ts';
import type { Powershell } from './find-powershell.ts';
import { powershellEnvironment } from './powershell-command.ts';

/**
 * The one command line that clients of the command shell send to run a script: `powershell -encodedcommand …`, run by the real
 * PowerShell. Anything else ends with exit code 1.
 */
export function powershellCommandLine(powershell: Powershell, practice: string): StartCommandLine {
  return (line, listener) => {
    const script = encodedCommand(line);
    if (script === undefined) {
      listener.stderr(Buffer.from('a practice server runs powershell -EncodedCommand and nothing else\r\n'));
      listener.ended(1);
      return { kill: () => {} };
    }
    const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', script];
    const env = powershellEnvironment(powershell, practice);
    // In a group of its own, so that kill reaches what it may have started in its turn.
    const child = spawn(powershell.file, [...powershell.args, ...args], { env, detached: true });
    child.stdin.end();
    child.stdout.on('data', (bytes: Buffer) => listener.stdout(bytes));
    child.stderr.on('data', (bytes: Buffer) => listener.stderr(bytes));
    child.once('error', () => listener.ended(1));
    child.once('close', (code) => listener.ended(code ?? 1));
    return {
      kill: () => {
        if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch {
          // It ended in between.
        }
      },
    };
  };
}
