import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ChangesPage } from '@/estate/changes/ChangesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/estate/changes/register')({
  beforeLoad: needs('estate.read'),
  validateSearch: listSearch,
  component: () => <ChangesPage all />,
});
