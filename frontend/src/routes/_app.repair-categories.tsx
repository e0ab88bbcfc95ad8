import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { CategoriesPage } from '@/service_desk/categories/CategoriesPage';

export const Route = createFileRoute('/_app/repair-categories')({
  beforeLoad: needs('repair.read'),
  component: CategoriesPage,
});
