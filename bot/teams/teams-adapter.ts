import { type Activity, CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import type { Admitted } from './admit.ts';

/** The adapter of the Bot Framework, given a caller that was let in before: it prints and answers nothing itself. */
export class TeamsAdapter extends CloudAdapter {
  /** @returns the answer to an invoke; undefined for everything else. */
  run(
    admitted: Admitted,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(admitted, activity, turn);
  }
}
