import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { PostsPage } from '@/org/PostsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/org/posts')({
  beforeLoad: needs('org.read'),
  validateSearch: listSearch,
  component: PostsPage,
});
