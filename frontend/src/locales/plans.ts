import { catalog } from './catalog';
import zh from './zh-CN/plans';

export const t = catalog('plans', zh);
