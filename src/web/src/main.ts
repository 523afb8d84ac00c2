import {mount} from 'svelte';
import Root from './Root.svelte';
import './app.css';
import {app} from './lib/app.svelte';

mount(Root, {target: document.getElementById('app')!});
void app.begin();
