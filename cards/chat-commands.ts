/** One word that begins a message to the bot, as the menus of Teams and the documents show it. */
export interface ChatCommand {
  /** What a person writes first. Menus put it into the message. */
  readonly name: string;
  /** What it does, in one line: at most 80 characters, so that a menu shows all of it. */
  readonly does: string;
  /** A whole message, where more is written behind the name. */
  readonly example?: string;
  /** True where it says nothing in a personal chat that the bot would not do by itself. */
  readonly forChatsOfMany?: true;
}

/** What may be written to the bot, the most used first: a menu may end before the list does. */
export const chatCommands: readonly ChatCommand[] = [
  { name: 'check', does: 'Read one server and say what is wrong with it', example: 'check wsus01' },
  { name: 'diagnose', does: 'Name the cause in log lines that you paste behind it' },
  { name: 'servers', does: 'All servers and their state' },
  { name: 'fix', does: 'Plan the change for several servers', example: 'fix wsus01 wsus02' },
  { name: 'history', does: 'Who changed what, and when', example: 'history wsus01' },
  { name: 'whoami', does: 'What you may do here, and why' },
  { name: 'locks', does: 'Which servers are held by a change' },
  { name: 'freeze', does: 'Stop all changes, with a reason', example: 'freeze audit this week' },
  { name: 'thaw', does: 'Let changes go on' },
  { name: 'help', does: 'What you can write, and what you may do' },
  {
    name: 'notify',
    does: 'Have news of changes posted to this chat',
    example: 'notify here',
    forChatsOfMany: true,
  },
  { name: 'unlock', does: 'Free a server, with a reason', example: 'unlock wsus01 checked by hand' },
];
