import { diagnose } from '../../../../bot/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../../bot/diagnosis/diagnosis.ts';
import { falseEvidence } from '../../../corpus/judge.ts';
import { cpuMilliseconds } from '../../../kit/cpu-milliseconds.ts';
import { randomFrom } from './random.ts';
import { randomText } from './random-text.ts';

/** CPU time that a message may take, in milliseconds. */
export const longestCpu = 100;

export interface FuzzResult {
  readonly inputs: number;
  /** Inputs that got the edit proposed: mutated pastes of KB 4096317 mostly. */
  readonly proposals: number;
  readonly slowest: number;
  /** At most ten, each with its input as JSON. */
  readonly complaints: readonly string[];
}

/** Letters and digits only, full-width ones made plain: an oracle that shares no code with the program. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** The edit needs the three words. Character references hide letters from this oracle: then it says yes. */
function mayHoldTheFault(text: string): boolean {
  if (text.includes('&')) return true;
  const words = plain(text);
  return (
    words.includes('invalidparameters') &&
    words.includes('installednonleafupdateids') &&
    (words.includes('syncupdates') || words.includes('clientasmx'))
  );
}

function complaintsOn(text: string, diagnosis: Diagnosis): string[] {
  const { verdict, mayPropose, findings } = diagnosis;
  const complaints = [...falseEvidence(text, diagnosis)];
  if (mayPropose && !mayHoldTheFault(text)) complaints.push('the edit is proposed without the three words');
  if (mayPropose && !findings.some(({ signature }) => signature === 'kb4096317'))
    complaints.push('the edit is proposed without the finding');
  if (verdict !== (findings[0]?.signature ?? 'no-fault')) complaints.push(`verdict ${verdict} is no finding`);
  return complaints;
}

/** Diagnoses random texts. Slow ones are measured again before they count: another program may have had the core. */
export function runFuzz(seed: number, inputs: number, pastes: readonly string[]): FuzzResult {
  const random = randomFrom(seed);
  const complaints: string[] = [];
  let proposals = 0;
  let slowest = 0;
  for (let input = 0; input < inputs && complaints.length < 10; input += 1) {
    const text = randomText(random, pastes);
    const complain = (what: string) => complaints.push(`${what}: ${JSON.stringify(text)}`);
    try {
      let diagnosis: Diagnosis | undefined;
      const once = () => {
        diagnosis = diagnose(text);
      };
      let cpu = cpuMilliseconds(once);
      for (let again = 0; cpu > longestCpu && again < 4; again += 1)
        cpu = Math.min(cpu, cpuMilliseconds(once));
      slowest = Math.max(slowest, cpu);
      if (cpu > longestCpu) complain(`took ${cpu.toFixed(0)} ms`);
      if (diagnosis === undefined) continue;
      if (diagnosis.mayPropose) proposals += 1;
      for (const what of complaintsOn(text, diagnosis)) complain(what);
    } catch (error) {
      complain(`threw ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return { inputs, proposals, slowest, complaints };
}
