/** Why a change did not go its way: refusals of the endpoint, and what the bot itself saw. The rows of docs/errors.md. */
export const changeReasons = {
  stale: {
    reason: 'the file is not the one that was approved',
    remedy: 'Check the server again.',
  },
  'too-late': {
    reason: 'the request arrived too late, so the server did not begin it',
    remedy: 'Look at the load of the server and the network, then plan again.',
  },
  busy: {
    reason: 'another change is at work on this server',
    remedy: 'Wait until it ends, then check again.',
  },
  'after-hash-differs': {
    reason: 'the server and I do not agree on the new file, so it was not written',
    remedy: 'Compare the version of the endpoint with mine before you plan again.',
  },
  'key-not-editable': {
    reason: 'the key cannot be edited safely',
    remedy: 'Look at the line in web.config by hand.',
  },
  'file-not-readable': {
    reason: 'web.config cannot be read there',
    remedy: 'Look at the rights on web.config.',
  },
  'file-not-writable': {
    reason: 'web.config cannot be written there',
    remedy: 'Look at the rights on web.config and its folder.',
  },
  'backup-missing': {
    reason: 'the backup is not there any more',
    remedy: 'Put the value back by a new plan, or by hand.',
  },
  'backup-differs': {
    reason: 'the backup is not the file it was',
    remedy: 'Do not use it. Put the value back by a new plan, or by hand.',
  },
  'not-wsus': {
    reason: 'no WSUS is installed there',
    remedy: 'Check the host in wsus-bot.yaml.',
  },
  'restart-not-seen': {
    reason: 'the restart was not seen: the same process serves the clients as before',
    remedy: 'Check the server again, then plan the restart.',
  },
  'service-silent': {
    reason: 'the web service does not answer',
    remedy: 'Look into the System log, source WAS, events 5002 and 5117.',
  },
  'bot-stopped': {
    reason: 'I was stopped while the change ran',
    remedy: 'Check the server, then plan again what is missing.',
  },
  'plan-differs': {
    reason: 'the plan is not the one that was approved',
    remedy: 'Check the server, then plan again.',
  },
  'approval-expired': {
    reason: 'the time of the approval was over before the change could start',
    remedy: 'Check the server, then have the new plan approved.',
  },
  'approver-gone': {
    reason: 'the approver may not approve any more',
    remedy: 'Check the server, then have the new plan approved by somebody who may.',
  },
  'vote-not-on-record': {
    reason: 'an approval in the store has no entry in the audit',
    remedy: 'Run wsus-bot audit verify, find out who wrote to the store, then plan again.',
  },
  'policy-moved': {
    reason: 'the rules for this server are not those under which it was approved',
    remedy: 'Check the server, then have the new plan approved.',
  },
  'window-closed': {
    reason: 'the maintenance window was over before the change could start',
    remedy: 'Check the server, then have the new plan approved.',
  },
  frozen: {
    reason: 'changes are frozen',
    remedy: 'When they are thawed, check the server and plan again.',
  },
  'freeze-unread': {
    reason: 'I cannot read whether changes are frozen',
    remedy: 'Look at the file that freezeFile in wsus-bot.yaml names.',
  },
  'directory-unread': {
    reason: 'I could not ask the directory whether the approvers are still in their groups',
    remedy: 'Check the server, then have the new plan approved.',
  },
  'module-differs': {
    reason: 'the endpoint runs another module than when the plan was approved',
    remedy: 'Check the server, then have the new plan approved.',
  },
  'not-in-inventory': {
    reason: 'the server is not in the inventory any more',
    remedy: 'Add it to wsus-bot.yaml, then check it.',
  },
} as const;

export type ChangeReasonCode = keyof typeof changeReasons;
