import { catalog } from './catalog';
import zh from './zh-CN/access';

export const t = catalog('access', zh);
