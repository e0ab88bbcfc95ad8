import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { BlocksPage } from '@/estate/lists/pages';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/estate/blocks/')({
  beforeLoad: needs('estate.read'),
  validateSearch: listSearch,
  component: BlocksPage,
});
