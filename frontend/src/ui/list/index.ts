export { ListPage } from "./ListPage";
export * from "./types";
