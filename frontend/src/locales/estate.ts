import { catalog } from './catalog';
import zh from './zh-CN/estate';

export const t = catalog('estate', zh);
