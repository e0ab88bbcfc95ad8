import { catalog } from './catalog';
import zh from './zh-CN/calendar';

export const t = catalog('calendar', zh);
