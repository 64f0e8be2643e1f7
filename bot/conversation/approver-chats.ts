import type { ServerConfig } from '../config.ts';
import { type PersonalChat, personalChats } from '../store/people.ts';
import type { Desk } from './desk.ts';
import { rightsOf } from './rights.ts';

/** The personal chats of those who may approve on a server, as far as they ever wrote to the bot. */
export const approverChats = async (desk: Desk, { policy }: ServerConfig): Promise<PersonalChat[]> => {
  const chats = await personalChats(desk.database);
  const rights = await Promise.all(chats.map(({ personId }) => rightsOf(desk, policy, personId)));
  return chats.filter((_, index) => rights[index]?.decide.may === true);
};
