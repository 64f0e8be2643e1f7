import { changeBoard } from './change-board-samples.ts';
import { evil, long, type Outside, type Sample, usual } from './sample-ground.ts';
import { announcements } from './samples/announcement-samples.ts';
import { changes } from './samples/change-samples.ts';
import { diagnoses } from './samples/diagnosis-samples.ts';
import { aboutFiles } from './samples/file-samples.ts';
import { others } from './samples/other-samples.ts';
import { plans } from './samples/plan-samples.ts';
import { talk } from './samples/talk-samples.ts';
import { verdicts } from './samples/verdict-samples.ts';

function samplesOf(o: Outside): readonly Sample[] {
  return [
    ...talk(o),
    ...diagnoses(o),
    ...plans(o),
    ...changes(o),
    ...verdicts(o),
    ...others(o),
    ...aboutFiles(o),
    ...announcements(o),
    ...changeBoard(o),
  ].map(([name, card]) => ({ name, card }));
}

/** Every card with everyday values, with hostile ones, and with the longest and most ones. */
export const samples = { usual: samplesOf(usual), evil: samplesOf(evil), long: samplesOf(long) } as const;
