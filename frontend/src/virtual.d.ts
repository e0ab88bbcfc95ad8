/** The address of the style sheet of antd's commonest parts; `null` while developing (build/antdSheet.ts). */
declare module 'virtual:antd-sheet' {
  const sheet: string | null;
  export default sheet;
}
