export default { x: 'x' } as const;
