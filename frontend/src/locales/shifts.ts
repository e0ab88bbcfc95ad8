import { catalog } from './catalog';
import zh from './zh-CN/shifts';

export const t = catalog('shifts', zh);
