import { createFileRoute } from '@tanstack/react-router';
import { HomePage } from '@/shell/HomePage';

export const Route = createFileRoute('/_app/')({
  // Which kind of work is shown: in the address, so that back returns to it.
  validateSearch: (search): { only?: string } =>
    typeof search.only === 'string' ? { only: search.only } : {},
  component: HomePage,
});
