import type { Manifest } from 'vite';

export function loadedWith(manifest: Manifest, sources: string[]): string[];
export function everLoadedWith(manifest: Manifest, sources: string[]): string[];
export function piece(manifest: Manifest, name: string): string;
export function routeSources(manifest: Manifest, routes: string[]): string[];
export function splitRoutes(manifest: Manifest): string[];
export function circle(manifest: Manifest): string[] | null;
export function stylesWith(manifest: Manifest, sources: string[]): string[];
export function routeAddress(route: string): string;
export function antdSheetOf(manifest: Manifest): string;
