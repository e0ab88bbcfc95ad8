import { catalog } from './catalog';
import zh from './zh-CN/goals';

export const t = catalog('goals', zh);
