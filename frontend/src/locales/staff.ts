import { catalog } from './catalog';
import zh from './zh-CN/staff';

export const t = catalog('staff', zh);
