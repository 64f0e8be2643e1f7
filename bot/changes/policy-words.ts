import { days, type MaintenanceWindow, type Policy } from './policy.ts';

/** "Sundays 02:00-04:00 Europe/Berlin", "every day 22:00-04:00 UTC" */
export const windowWords = (window: MaintenanceWindow): string =>
  `${daysWords(window.days)} ${window.from}-${window.to} ${window.zone}`;

/** "1 approval", "2 approvals, none by who asked" */
export const approvalWords = ({ approvals, fourEyes }: Pick<Policy, 'approvals' | 'fourEyes'>): string => {
  if (approvals === 1) return fourEyes ? '1 approval, not by who asked' : '1 approval';
  return fourEyes ? `${approvals} approvals, none by who asked` : `${approvals} approvals`;
};

const daysWords = (chosen: MaintenanceWindow['days']): string => {
  if (days.every((day) => chosen.includes(day))) return 'every day';
  const names = days
    .filter((day) => chosen.includes(day))
    .map((day) => `${day.charAt(0).toUpperCase()}${day.slice(1)}s`);
  return new Intl.ListFormat('en-GB').format(names);
};
