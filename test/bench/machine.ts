import { cpus, release, type } from 'node:os';

/** The machine in one line: figures without it say nothing. */
export const machine = (): string => {
  const [first] = cpus();
  const cores = `${cpus().length} cores (${first?.model.trim() ?? 'unknown'})`;
  return `${cores}, ${type()} ${release().split('-')[0]}, Node.js ${process.versions.node}`;
};
