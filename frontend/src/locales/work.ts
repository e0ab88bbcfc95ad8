import { catalog } from './catalog';
import zh from './zh-CN/work';

export const t = catalog('work', zh);
