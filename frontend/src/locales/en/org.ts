import type { Translation } from '../catalog';
import type zh from '../zh-CN/org';

const en: Translation<typeof zh> = { x: 'x' };
export default en;
