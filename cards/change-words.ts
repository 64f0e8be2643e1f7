import type { ChangeStep, ChangeView, LimitEditView, WorkView } from './change-view.ts';
import { type OwnText, own } from './own-text.ts';

const keys: Readonly<Record<LimitEditView['key'], OwnText>> = {
  maxInstalledPrerequisites: own`maxInstalledPrerequisites`,
  maxCachedUpdates: own`maxCachedUpdates`,
};

export function keyText(key: LimitEditView['key']): OwnText {
  return keys[key];
}

/** The edit that names the change: the first one. */
export function mainEdit(work: WorkView): LimitEditView | undefined {
  return work.kind === 'restart' ? undefined : work.edits[0];
}

/** "IISReset", or what is done instead. */
export function activationText(activation: ChangeView['activation']): OwnText {
  return activation === 'IISReset' ? own`IISReset` : own`Pool recycle`;
}

/** "400 to 800". */
export function fromTo(edit: LimitEditView | undefined): OwnText {
  return edit === undefined ? own`` : own`${edit.from} to ${edit.to}`;
}

/** A step as a fact: "Backup written". The same words stand for a step that is still to come. */
export function stepText(step: ChangeStep, { work, activation }: ChangeView): OwnText {
  const edit = mainEdit(work);
  switch (step) {
    case 'read':
      return own`File read again`;
    case 'backup':
      return own`Backup written`;
    case 'write':
      if (edit === undefined) return own`Web.config replaced`;
      return work.kind === 'roll-back'
        ? own`Backup put back, ${fromTo(edit)}`
        : own`Web.config replaced, ${fromTo(edit)}`;
    case 'verify-file':
      return own`New file checked`;
    case 'restart':
      return activationText(activation);
    case 'wait':
      return own`Web service answers`;
    case 'verify':
      return work.kind === 'restart' ? own`Restart proved` : own`Value read back`;
    case 'undo-write':
      return own`Backup put back`;
    case 'undo-restart':
      return own`${activationText(activation)} again`;
    case 'undo-verify':
      return own`Web service answers again`;
  }
}

/** What a step is about to do: "restarting IIS". */
export function doingText(step: ChangeStep, { work, activation }: ChangeView): OwnText {
  const restarting = activation === 'IISReset' ? own`restarting IIS` : own`recycling the pool`;
  switch (step) {
    case 'read':
      return own`reading the file again`;
    case 'backup':
      return own`writing the backup`;
    case 'write':
      return work.kind === 'roll-back' ? own`putting the backup back` : own`replacing the file`;
    case 'verify-file':
      return own`checking the new file`;
    case 'restart':
      return restarting;
    case 'wait':
      return own`waiting for the web service`;
    case 'verify':
      return own`reading the server again`;
    case 'undo-write':
      return own`putting the backup back`;
    case 'undo-restart':
      return own`${restarting} again`;
    case 'undo-verify':
      return own`reading the server again`;
  }
}

/** Contact lost during …: "IISReset", "the write". */
export function duringText(step: ChangeStep, { activation }: ChangeView): OwnText {
  switch (step) {
    case 'read':
      return own`the first reading`;
    case 'backup':
      return own`the backup`;
    case 'write':
      return own`the write`;
    case 'verify-file':
      return own`the check of the file`;
    case 'restart':
    case 'undo-restart':
      return activation === 'IISReset' ? own`IISReset` : own`the recycling`;
    case 'wait':
      return own`the wait`;
    case 'verify':
    case 'undo-verify':
      return own`the last reading`;
    case 'undo-write':
      return own`the way back`;
  }
}

/** The change in a few words, for summaries: "raise maxInstalledPrerequisites from 400 to 800". */
export function workText({ work, activation }: ChangeView): OwnText {
  const edit = mainEdit(work);
  if (work.kind === 'restart') return own`${activationText(activation)} so that ${work.value} counts`;
  if (edit === undefined) return own`change nothing`;
  return work.kind === 'raise'
    ? own`raise ${keyText(edit.key)} from ${fromTo(edit)}`
    : own`put ${keyText(edit.key)} back from ${fromTo(edit)}`;
}
